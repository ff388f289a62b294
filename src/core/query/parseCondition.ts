import { whyNever } from './checkComparison';
import type { FieldExpression, Operand } from './condition';
import { ConditionError, ConditionScanner } from './conditionScanner';
import { OperandParser } from './operandParser';
import { StaticType } from './staticValue';

export type ParsedCondition =
  | { readonly ok: true; readonly condition: FieldExpression }
  /** One sentence, and the column in the text, from 1. */
  | { readonly ok: false; readonly message: string; readonly column: number };

/** Parentheses and negations inside one another. */
const maxDepth = 100;
const comparisons = '=, !=, =~, !~, >, >=, < or <=';

/**
 * Reads a condition on the fields of a span in TraceQL's spelling: what stands in the braces of a spanset filter, which
 * may be left out. Beyond TraceQL a value of one word needs no quotes, and the service is called `service` for short.
 */
export function parseCondition(text: string): ParsedCondition {
  try {
    return { ok: true, condition: new ConditionParser(text).whole() };
  } catch (error) {
    if (error instanceof ConditionError) return { ok: false, message: error.message, column: error.column };
    throw error;
  }
}

class ConditionParser {
  private readonly scanner: ConditionScanner;
  private readonly operands: OperandParser;
  private depth = 0;

  constructor(text: string) {
    this.scanner = new ConditionScanner(text);
    this.operands = new OperandParser(this.scanner);
  }

  whole(): FieldExpression {
    const { scanner } = this;
    const braces = scanner.take('{');
    // `{ }` is every span.
    if (braces && scanner.take('}'))
      return this.end({ type: 'static', value: { type: StaticType.Bool, number: 1 } });
    const condition = this.or();
    if (braces && !scanner.take('}')) this.unexpected('}');
    return this.end(condition, braces);
  }

  private end(condition: FieldExpression, braces = true): FieldExpression {
    const { scanner } = this;
    if (scanner.isAtEnd) return condition;
    if (braces) scanner.fail('Behind the braces nothing can follow here: one set of spans is looked for.');
    return this.unexpected();
  }

  private or(): FieldExpression {
    let left = this.and();
    while (this.scanner.take('||')) left = { type: 'or', left, right: this.and() };
    return left;
  }

  private and(): FieldExpression {
    let left = this.unary();
    while (this.scanner.take('&&')) left = { type: 'and', left, right: this.unary() };
    return left;
  }

  private unary(): FieldExpression {
    const { scanner } = this;
    if (++this.depth > maxDepth) scanner.fail('This is nested too deeply.');
    const expression = this.group() ?? this.negation() ?? this.comparison();
    this.depth--;
    return expression;
  }

  private group(): FieldExpression | undefined {
    const { scanner } = this;
    if (!scanner.take('(')) return undefined;
    const inside = this.or();
    if (!scanner.take(')')) this.unexpected(')');
    return inside;
  }

  private negation(): FieldExpression | undefined {
    const { scanner } = this;
    const { at } = scanner;
    if (!scanner.take('!')) return undefined;
    const operand = this.unary();
    // In TraceQL ! binds to the operand behind it, which people do not mean.
    if (operand.type === 'comparison' && !scanner.endsWith(')'))
      scanner.fail('Put what ! negates in parentheses: !(…).', at);
    return { type: 'not', operand };
  }

  private comparison(): FieldExpression {
    const { scanner } = this;
    const leftAt = scanner.at;
    const left = this.operands.field();
    const operator = scanner.takeComparison();
    if (!operator) return this.truth(left, leftAt);
    const rightAt = scanner.at;
    const right = this.operands.value(left);
    const never = whyNever(operator, left, right);
    if (never) scanner.fail(never.message, never.side === 'left' ? leftAt : rightAt);
    return { type: 'comparison', operator, left, right };
  }

  /** An operand that stands alone must be able to be true. */
  private truth(operand: Operand, at: number): FieldExpression {
    if (operand.type === 'attribute') return operand;
    if (operand.type === 'static' && operand.value.type === StaticType.Bool) return operand;
    this.scanner.fail(
      `A comparison is missing here: ${comparisons}.`,
      operand.type === 'static' ? at : undefined,
    );
  }
  private unexpected(closing?: string): never {
    const { scanner } = this;
    if (closing !== undefined && scanner.isAtEnd) scanner.fail(`A closing ${closing} is missing.`);
    return scanner.fail('Here && or || was expected; a value of several words needs quotes.');
  }
}
