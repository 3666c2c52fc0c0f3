export { AddressScalar } from './address.js';
export { BigIntScalar } from './big-int.js';
export { DateTimeScalar } from './date-time.js';
export { DecimalScalar } from './decimal.js';
export { TimeZoneScalar } from './time-zone.js';
