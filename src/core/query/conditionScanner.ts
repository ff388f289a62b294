import type { ComparisonOperator } from './condition';

/** A condition that cannot be understood: one sentence, and where in the text, from 1. */
export class ConditionError extends Error {
  constructor(
    message: string,
    readonly column: number,
  ) {
    super(message);
  }
}

/** A word or text, and where it begins. */
export interface Word {
  readonly text: string;
  readonly at: number;
  readonly quoted: boolean;
}

const operators: readonly ComparisonOperator[] = ['=~', '!~', '!=', '>=', '<=', '=', '>', '<'];

/** Reads the words of a condition from left to right. */
export class ConditionScanner {
  private position = 0;

  constructor(private readonly text: string) {}

  /** Where the next word begins. */
  get at(): number {
    while (/\s/.test(this.text.charAt(this.position))) this.position++;
    return this.position;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Steps over `symbol` where it comes next. */
  take(symbol: string): boolean {
    if (!this.text.startsWith(symbol, this.at)) return false;
    this.position += symbol.length;
    return true;
  }

  takeComparison(): ComparisonOperator | undefined {
    return operators.find(operator => this.take(operator));
  }

  /** The name of a field, or a value that stands where one could: up to a blank or an operator. */
  takeName(): Word | undefined {
    return this.quotedWord() ?? this.run(/[^\s{}()=!<>~&|,"`]*/y);
  }

  /** A value behind an operator: up to a blank, a closing bracket, && or ||. Bare words need no quotes. */
  takeValue(): Word | undefined {
    return this.quotedWord() ?? this.run(/(?:[^\s{}()"`&|]|&(?!&)|\|(?!\|))*/y);
  }

  /** The part of an attribute's name that is put in quotes, directly behind what was taken last: `span."a b"`. */
  takeQuotedKey(): string | undefined {
    return this.text.charAt(this.position) === '"' ? this.quotedWord()?.text : undefined;
  }

  /** Whether what was taken last ends so. */
  endsWith(symbol: string): boolean {
    return this.text.slice(0, this.position).endsWith(symbol);
  }

  fail(message: string, at = this.at): never {
    throw new ConditionError(message, at + 1);
  }

  private run(pattern: RegExp): Word | undefined {
    const { at } = this;
    pattern.lastIndex = at;
    const text = pattern.exec(this.text)?.[0] ?? '';
    this.position = at + text.length;
    return text === '' ? undefined : { text, at, quoted: false };
  }

  /** Text in "", with \ before " and \, or in ``, as it stands. */
  private quotedWord(): Word | undefined {
    const { at } = this;
    const quote = this.text.charAt(at);
    if (quote !== '"' && quote !== '`') return undefined;
    let text = '';
    for (let i = at + 1; i < this.text.length; i++) {
      const character = this.text.charAt(i);
      if (character === quote) {
        this.position = i + 1;
        return { text, at, quoted: true };
      }
      if (character === '\\' && quote === '"') text += unescaped(this.text.charAt(++i));
      else text += character;
    }
    return this.fail(`The text that begins here has no closing ${quote}.`, at);
  }
}

function unescaped(character: string): string {
  if (character === 'n') return '\n';
  return character === 't' ? '\t' : character;
}
