import { intrinsics, type IntrinsicName, type Operand, type Static } from './condition';
import type { ConditionScanner, Word } from './conditionScanner';
import { kindNames, readNumber, StaticType, statusNames, type StaticValue } from './staticValue';

/** Reads the two sides of a comparison. */
export class OperandParser {
  constructor(private readonly scanner: ConditionScanner) {}

  /** A field, or a value that is written so that it cannot be one. */
  field(): Operand {
    const { scanner } = this;
    const { at } = scanner;
    const word = scanner.takeName();
    if (!word)
      return scanner.fail('A condition is missing here, such as service = cart or duration > 10ms.', at);
    if (word.quoted) return textOf(word);
    return this.attribute(word) ?? intrinsicOf(word.text) ?? literal(word.text) ?? this.unknown(word);
  }

  /** What is compared with `left`: a word that is nothing else is a text. */
  value(left: Operand): Operand {
    const { scanner } = this;
    if (left.type === 'static') return this.field();
    const { at } = scanner;
    const word = scanner.takeValue();
    if (!word) return scanner.fail('A value is missing here.', at);
    if (word.quoted) return textOf(word);
    const attribute = /^(?:\.[^\d]|span\.|resource\.)/.test(word.text) ? this.attribute(word) : undefined;
    if (attribute) return attribute;
    if (left.type === 'intrinsic') return this.valueOf(left.name, word);
    return literal(word.text) ?? textOf(word);
  }

  private attribute(word: Word): Operand | undefined {
    const found = /^(span|resource|)\.(.*)$/s.exec(word.text);
    if (found) {
      const [, prefix = '', name = ''] = found;
      if (/^\d/.test(name) && prefix === '') return undefined;
      const key = name === '' ? this.scanner.takeQuotedKey() : name;
      if (key === undefined || key === '')
        return this.scanner.fail('The name of an attribute is missing behind the dot.', word.at);
      const scope = prefix === 'span' || prefix === 'resource' ? prefix : 'any';
      return { type: 'attribute', scope, key };
    }
    const other = /^(parent|event|link|instrumentation|trace)[.:]/.exec(word.text)?.[1];
    if (other !== undefined)
      this.scanner.fail(`Fields of the scope ${other} cannot be asked for here.`, word.at);
    // `order.id = 42`: what has a dot inside can be nothing but an attribute.
    const isName = /^[A-Za-z_][\w-]*\./.test(word.text);
    return isName ? { type: 'attribute', scope: 'any', key: word.text } : undefined;
  }

  private valueOf(name: IntrinsicName, word: Word): Static {
    if (word.text === 'nil') return value({ type: StaticType.Nil });
    switch (name) {
      case 'status':
        return this.named(word, StaticType.Status, statusNames, name);
      case 'kind':
        return this.named(word, StaticType.Kind, kindNames, name);
      case 'duration':
      case 'traceDuration': {
        const number = readNumber(word.text);
        if (number?.type === StaticType.Duration) return value(number);
        return this.scanner.fail(`A ${name} needs a number with its unit, such as 10ms or 1.5s.`, word.at);
      }
      default:
        return textOf(word);
    }
  }

  private named(
    word: Word,
    type: StaticType.Status | StaticType.Kind,
    names: ReadonlyMap<string, number>,
    what: string,
  ): Static {
    const number = names.get(word.text.toLowerCase());
    if (number !== undefined) return value({ type, number });
    return this.scanner.fail(`A ${what} is ${[...names.keys()].join(', ')}.`, word.at);
  }

  private unknown({ text, at }: Word): never {
    return this.scanner.fail(`There is no field ${text}; for an attribute of that name write .${text}`, at);
  }
}

/** The intrinsic called so; its scope may be said: `span:name`. */
function intrinsicOf(text: string): Operand | undefined {
  const bare = text.replace(/^span:/, '');
  const name = intrinsics.find(each => each === bare);
  return name && { type: 'intrinsic', name };
}

function literal(text: string): Static | undefined {
  if (text === 'true' || text === 'false')
    return value({ type: StaticType.Bool, number: text === 'true' ? 1 : 0 });
  if (text === 'nil') return value({ type: StaticType.Nil });
  const number = readNumber(text);
  return number && value(number);
}

function textOf({ text }: Word): Static {
  return value({ type: StaticType.String, text });
}

function value(of: StaticValue): Static {
  return { type: 'static', value: of };
}
