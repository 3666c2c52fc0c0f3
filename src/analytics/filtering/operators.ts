import { Field, InputType } from 'type-graphql';
import { Strategy } from '../../catalogue/strategy.js';
import { AddressScalar, BigIntScalar, DateTimeScalar, DecimalScalar } from '../../scalars/index.js';

const eq = 'Equal to this value.';
const ne = 'Not equal to this value; rows without a value count as not equal.';
const oneOf = 'Equal to one of these values; an empty list fits no row.';
const notIn = 'Equal to none of these values; rows without a value fit.';
const isNull = 'true: rows without a value; false: rows with one.';

@InputType({ description: 'Conditions on a text; all that are given have to hold.' })
export class StringFilter {
  @Field(() => String, { nullable: true, description: eq }) eq?: string;
  @Field(() => String, { nullable: true, description: ne }) ne?: string;
  @Field(() => [String], { nullable: true, description: oneOf }) in?: string[];
  @Field(() => [String], { nullable: true, description: notIn }) notIn?: string[];
  @Field(() => String, {
    nullable: true,
    description: 'Holds this text, upper and lower case being the same.',
  })
  contains?: string;
  @Field(() => String, {
    nullable: true,
    description: 'Begins with this text, upper and lower case being the same.',
  })
  startsWith?: string;
  @Field(() => Boolean, { nullable: true, description: isNull }) isNull?: boolean;
}

@InputType({ description: 'Conditions on an identifier; all that are given have to hold.' })
export class IDFilter {
  @Field(() => String, { nullable: true, description: eq }) eq?: string;
  @Field(() => String, { nullable: true, description: ne }) ne?: string;
  @Field(() => [String], { nullable: true, description: oneOf }) in?: string[];
  @Field(() => [String], { nullable: true, description: notIn }) notIn?: string[];
}

@InputType({ description: 'Conditions on an address, compared as stored; all that are given have to hold.' })
export class AddressFilter {
  @Field(() => AddressScalar, { nullable: true, description: eq }) eq?: string;
  @Field(() => AddressScalar, { nullable: true, description: ne }) ne?: string;
  @Field(() => [AddressScalar], { nullable: true, description: oneOf }) in?: string[];
  @Field(() => [AddressScalar], { nullable: true, description: notIn }) notIn?: string[];
}

@InputType({ description: 'Conditions on an economic model; all that are given have to hold.' })
export class StrategyFilter {
  @Field(() => Strategy, { nullable: true, description: eq }) eq?: Strategy;
  @Field(() => Strategy, { nullable: true, description: ne }) ne?: Strategy;
  @Field(() => [Strategy], { nullable: true, description: oneOf }) in?: Strategy[];
  @Field(() => [Strategy], { nullable: true, description: notIn }) notIn?: Strategy[];
  @Field(() => Boolean, { nullable: true, description: isNull }) isNull?: boolean;
}

@InputType({ description: 'Conditions on a count; all that are given have to hold.' })
export class BigIntFilter {
  @Field(() => BigIntScalar, { nullable: true, description: eq }) eq?: string;
  @Field(() => BigIntScalar, { nullable: true, description: ne }) ne?: string;
  @Field(() => BigIntScalar, { nullable: true, description: 'Greater than this value.' }) gt?: string;
  @Field(() => BigIntScalar, { nullable: true, description: 'This value or greater.' }) gte?: string;
  @Field(() => BigIntScalar, { nullable: true, description: 'Less than this value.' }) lt?: string;
  @Field(() => BigIntScalar, { nullable: true, description: 'This value or less.' }) lte?: string;
  @Field(() => [BigIntScalar], { nullable: true, description: oneOf }) in?: string[];
  @Field(() => [BigIntScalar], { nullable: true, description: notIn }) notIn?: string[];
  @Field(() => Boolean, { nullable: true, description: isNull }) isNull?: boolean;
}

@InputType({
  description: 'Conditions on an amount or an average, compared exactly; all that are given have to hold.',
})
export class DecimalFilter {
  @Field(() => DecimalScalar, { nullable: true, description: eq }) eq?: string;
  @Field(() => DecimalScalar, { nullable: true, description: ne }) ne?: string;
  @Field(() => DecimalScalar, { nullable: true, description: 'Greater than this value.' }) gt?: string;
  @Field(() => DecimalScalar, { nullable: true, description: 'This value or greater.' }) gte?: string;
  @Field(() => DecimalScalar, { nullable: true, description: 'Less than this value.' }) lt?: string;
  @Field(() => DecimalScalar, { nullable: true, description: 'This value or less.' }) lte?: string;
  @Field(() => [DecimalScalar], { nullable: true, description: oneOf }) in?: string[];
  @Field(() => [DecimalScalar], { nullable: true, description: notIn }) notIn?: string[];
}

@InputType({ description: 'Conditions on a point in time; all that are given have to hold.' })
export class DateTimeFilter {
  @Field(() => DateTimeScalar, { nullable: true, description: eq }) eq?: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Later than this.' }) after?: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'At this time or later.' }) atOrAfter?: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Earlier than this.' }) before?: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'At this time or earlier.' })
  atOrBefore?: string;
  @Field(() => Boolean, { nullable: true, description: isNull }) isNull?: boolean;
}
