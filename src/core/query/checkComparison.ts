import type { ComparisonOperator, Operand } from './condition';
import { compileRegex } from './compileRegex';
import { areComparable, StaticType } from './staticValue';

const intrinsicTypes = {
  name: StaticType.String,
  service: StaticType.String,
  status: StaticType.Status,
  statusMessage: StaticType.String,
  kind: StaticType.Kind,
  duration: StaticType.Duration,
  rootName: StaticType.String,
  rootServiceName: StaticType.String,
  traceDuration: StaticType.Duration,
} as const;

const typeNames: Readonly<Record<StaticType, string>> = {
  [StaticType.Nil]: 'nil',
  [StaticType.String]: 'a text',
  [StaticType.Bool]: 'true or false',
  [StaticType.Int]: 'a number',
  [StaticType.Float]: 'a number',
  [StaticType.Duration]: 'a duration',
  [StaticType.Status]: 'a status',
  [StaticType.Kind]: 'a span kind',
};

/** Why a comparison can never be true, whatever the span: one sentence, and which side; undefined where it can. */
export function whyNever(
  operator: ComparisonOperator,
  left: Operand,
  right: Operand,
): { readonly message: string; readonly side: 'left' | 'right' } | undefined {
  const types = [typeOf(left), typeOf(right)] as const;
  if (operator === '=~' || operator === '!~') {
    if (types[0] !== undefined && types[0] !== StaticType.String)
      return { message: `${operator} is for texts, and this is ${typeNames[types[0]]}.`, side: 'left' };
    if (right.type !== 'static' || right.value.type !== StaticType.String)
      return { message: `Behind ${operator} goes a regular expression in quotes.`, side: 'right' };
    const regex = compileRegex(right.value.text);
    return regex instanceof RegExp ? undefined : { message: regex.message, side: 'right' };
  }
  const isOrder = operator !== '=' && operator !== '!=';
  const unordered = types.find(
    type =>
      type === StaticType.Nil ||
      type === StaticType.Bool ||
      type === StaticType.Status ||
      type === StaticType.Kind,
  );
  if (isOrder && unordered !== undefined)
    return { message: `${operator} needs an order, which ${typeNames[unordered]} has not.`, side: 'right' };
  const [a, b] = types;
  if (a === undefined || b === undefined || a === StaticType.Nil || b === StaticType.Nil) return undefined;
  return areComparable(a, b)
    ? undefined
    : {
        message: `${typeNames[a]} is never ${typeNames[b]}.`.replace(/^./, first => first.toUpperCase()),
        side: 'right',
      };
}

/** Undefined for an attribute: spans may have values of any type. */
function typeOf(operand: Operand): StaticType | undefined {
  if (operand.type === 'static') return operand.value.type;
  return operand.type === 'intrinsic' ? intrinsicTypes[operand.name] : undefined;
}
