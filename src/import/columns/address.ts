import { isAddress } from '../../scalars/address.js';
import { type Fault, unexpected } from '../fault.js';

/** An address as the scalar `Address` takes it; what it refuses could be imported and never be asked for. */
export function readAddress(text: string): string | Fault {
  return isAddress(text) ? text : unexpected('an address of 0x and 1 to 64 hexadecimal digits', text);
}
