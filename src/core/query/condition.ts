import type { StaticValue } from './staticValue';

export type ComparisonOperator = '=' | '!=' | '=~' | '!~' | '>' | '>=' | '<' | '<=';

/**
 * Properties of a span that are no attributes. All but two are TraceQL's intrinsics; `service` is its resource.service.name,
 * which people want most often, and `rootName` and `rootServiceName` are those of the trace.
 */
export const intrinsics = [
  'name',
  'service',
  'status',
  'statusMessage',
  'kind',
  'duration',
  'rootName',
  'rootServiceName',
  'traceDuration',
] as const;
export type IntrinsicName = (typeof intrinsics)[number];

export interface Intrinsic {
  readonly type: 'intrinsic';
  readonly name: IntrinsicName;
}

export interface Attribute {
  readonly type: 'attribute';
  /** `any`: the span's own, else its resource's. */
  readonly scope: 'span' | 'resource' | 'any';
  readonly key: string;
}

/** What the spans of a trace have values of. */
export type Field = Intrinsic | Attribute;

export interface Static {
  readonly type: 'static';
  readonly value: StaticValue;
}

export type Operand = Field | Static;

/** What stands between the braces of a TraceQL spanset filter. An operand alone must be true. */
export type FieldExpression =
  | Operand
  | { readonly type: 'and' | 'or'; readonly left: FieldExpression; readonly right: FieldExpression }
  | { readonly type: 'not'; readonly operand: FieldExpression }
  | {
      readonly type: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Operand;
      readonly right: Operand;
    };

/** The fields that must be known to evaluate an expression, each once. */
export function fieldsOf(expression: FieldExpression): Field[] {
  const fields = new Map<string, Field>();
  const visit = (part: FieldExpression): void => {
    switch (part.type) {
      case 'and':
      case 'or':
      case 'comparison':
        visit(part.left);
        visit(part.right);
        return;
      case 'not':
        visit(part.operand);
        return;
      case 'attribute':
      case 'intrinsic':
        fields.set(fieldName(part), part);
        return;
      case 'static':
        return;
    }
  };
  visit(expression);
  return [...fields.values()];
}

/** The field as TraceQL spells it. */
export function fieldName(field: Field): string {
  if (field.type === 'intrinsic') return field.name;
  return `${field.scope === 'any' ? '' : field.scope}.${field.key}`;
}
