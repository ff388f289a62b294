import { compileRegex } from './compileRegex';
import type { ComparisonOperator, Field, FieldExpression, Operand } from './condition';
import type { FieldColumn } from './fieldColumn';
import { areComparable, StaticType, type StaticValue } from './staticValue';

/** What a condition is evaluated on: the rows of a trace. */
export interface ConditionSource {
  readonly count: number;
  column(field: Field): FieldColumn;
}

/**
 * Marks with 1 the rows for which a condition holds. Linear in rows for each comparison; texts are compared once each. As
 * in Tempo a comparison with a missing value, or with one of another type, is false, `!=` and `!~` too.
 */
export function evaluate(expression: FieldExpression, source: ConditionSource): Uint8Array {
  switch (expression.type) {
    case 'and':
    case 'or': {
      const marks = evaluate(expression.left, source);
      const others = evaluate(expression.right, source);
      const isAnd = expression.type === 'and';
      for (let row = 0; row < marks.length; row++) {
        const mark = marks[row] ?? 0;
        const other = others[row] ?? 0;
        marks[row] = isAnd ? mark & other : mark | other;
      }
      return marks;
    }
    case 'not': {
      const marks = evaluate(expression.operand, source);
      for (let row = 0; row < marks.length; row++) marks[row] = marks[row] === 0 ? 1 : 0;
      return marks;
    }
    case 'comparison':
      return compare(expression.operator, expression.left, expression.right, source);
    case 'static':
    case 'attribute':
    case 'intrinsic':
      return compare('=', expression, yes, source);
  }
}

/** As columns hold them. */
const nil: number = StaticType.Nil;
const text: number = StaticType.String;

const yes: Operand = { type: 'static', value: { type: StaticType.Bool, number: 1 } };

function compare(
  operator: ComparisonOperator,
  left: Operand,
  right: Operand,
  source: ConditionSource,
): Uint8Array {
  const { count } = source;
  if (left.type === 'static') {
    if (right.type !== 'static')
      return compareWithStatic(turned[operator], source.column(right), left.value, count);
    return compareWithStatic(operator, columnOf(left.value, count), right.value, count);
  }
  if (right.type === 'static') return compareWithStatic(operator, source.column(left), right.value, count);
  return compareColumns(operator, source.column(left), source.column(right), count);
}

/** The operator with its sides exchanged. */
const turned: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '=',
  '!=': '!=',
  '=~': '=~',
  '!~': '!~',
  '>': '<',
  '>=': '<=',
  '<': '>',
  '<=': '>=',
};

function columnOf(value: StaticValue, count: number): FieldColumn {
  const number = value.type === StaticType.Nil || value.type === StaticType.String ? 0 : value.number;
  return {
    type: value.type,
    value: new Float64Array(count).fill(number),
    strings: value.type === StaticType.String ? [value.text] : [],
  };
}

function compareWithStatic(
  operator: ComparisonOperator,
  { type, value, strings }: FieldColumn,
  wanted: StaticValue,
  count: number,
): Uint8Array {
  const marks = new Uint8Array(count);
  const typeAt = typeof type === 'number' ? undefined : type;
  const typeOfAll: number = typeof type === 'number' ? type : StaticType.Nil;
  if (wanted.type === StaticType.Nil) {
    const isMissing = operator === '=' ? 1 : 0;
    for (let row = 0; row < count; row++)
      marks[row] = (typeAt?.[row] ?? typeOfAll) === nil ? isMissing : 1 - isMissing;
    return marks;
  }
  if (wanted.type === StaticType.String) {
    const holds = textTest(operator, wanted.text);
    const verdicts = new Int8Array(strings.length).fill(-1);
    for (let row = 0; row < count; row++) {
      if ((typeAt?.[row] ?? typeOfAll) !== text) continue;
      const index = value[row] ?? 0;
      let verdict = verdicts[index] ?? 0;
      if (verdict < 0) verdicts[index] = verdict = holds(strings[index] ?? '') ? 1 : 0;
      marks[row] = verdict;
    }
    return marks;
  }
  const comparable = comparableTypes(wanted.type);
  for (let row = 0; row < count; row++)
    if (comparable[typeAt?.[row] ?? typeOfAll] === 1)
      marks[row] = holds(operator, value[row] ?? 0, wanted.number) ? 1 : 0;
  return marks;
}

/** Marks the types that compare with `type`. */
function comparableTypes(type: StaticType): Uint8Array {
  return Uint8Array.from({ length: 8 }, (_, other) => (areComparable(type, other) ? 1 : 0));
}

function textTest(operator: ComparisonOperator, text: string): (value: string) => boolean {
  if (operator !== '=~' && operator !== '!~') return value => holds(operator, value, text);
  const regex = compileRegex(text);
  if (!(regex instanceof RegExp)) return () => false;
  return operator === '=~' ? value => regex.test(value) : value => !regex.test(value);
}

function holds<T extends number | string>(operator: ComparisonOperator, a: T, b: T): boolean {
  switch (operator) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    // A regular expression on the right is a static text: see whyNever.
    case '=~':
    case '!~':
      return false;
  }
}

function compareColumns(
  operator: ComparisonOperator,
  left: FieldColumn,
  right: FieldColumn,
  count: number,
): Uint8Array {
  const marks = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const type = typeIn(left, row);
    if (!areComparable(type, typeIn(right, row))) continue;
    const a = left.value[row] ?? 0;
    const b = right.value[row] ?? 0;
    const isSo =
      type === text ? holds(operator, left.strings[a] ?? '', right.strings[b] ?? '') : holds(operator, a, b);
    marks[row] = isSo ? 1 : 0;
  }
  return marks;
}

function typeIn({ type }: FieldColumn, row: number): number {
  return typeof type === 'number' ? type : (type[row] ?? StaticType.Nil);
}
