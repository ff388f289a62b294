import type { Attributes, AttributeValue } from '../../model/attributes';
import { AttributeReader, asJson } from '../attributeReader';

/** One turn of a conversation with a model. */
export interface GenAiMessage {
  /** `system`, `user`, `assistant`, `tool`; as recorded. */
  readonly role: string;
  /** What was said; JSON where it is more than text: a call of a tool, an image. */
  readonly text: string;
}

/** More are no conversation that anybody reads in a side pane. */
const mostMessages = 200;

/**
 * The messages of a span's attributes: as lists in JSON (gen_ai.input.messages; the Vercel AI SDK), numbered one by one
 * (OpenLLMetry's gen_ai.prompt.0.content, OpenInference's llm.input_messages.0.message.content), or as a plain text.
 */
export function readMessages(attributes: AttributeReader): readonly GenAiMessage[] {
  const instructions = listed(attributes.value('gen_ai.system_instructions'), 'system');
  const input = listed(
    attributes.value('gen_ai.input.messages', 'gen_ai.prompt', 'ai.prompt.messages', 'ai.prompt'),
    'user',
  );
  const output = listed(
    attributes.value(
      'gen_ai.output.messages',
      'gen_ai.completion',
      'ai.response.text',
      'ai.response.toolCalls',
    ),
    'assistant',
  );
  const asked =
    input.length > 0 ? input : numbered(attributes, 'user', 'gen_ai.prompt.', 'llm.input_messages.');
  const answered =
    output.length > 0
      ? output
      : numbered(attributes, 'assistant', 'gen_ai.completion.', 'llm.output_messages.');
  return [...instructions, ...asked, ...answered].slice(0, mostMessages);
}

/** A message that an event carries (semantic conventions before 1.37); undefined where it is another event. */
export function messageOfEvent(name: string, attributes: Attributes): GenAiMessage | undefined {
  const [, said] = /^gen_ai\.(?:(system|user|assistant|tool)\.message|choice|content\.\w+)$/.exec(name) ?? [];
  const isMessage = said !== undefined || name === 'gen_ai.choice' || name.startsWith('gen_ai.content.');
  if (!isMessage) return undefined;
  const reader = new AttributeReader(attributes);
  const text = reader.text(
    'content',
    'gen_ai.prompt',
    'gen_ai.completion',
    'message',
    'gen_ai.event.content',
    'tool_calls',
  );
  const usual = said ?? (name.endsWith('.prompt') ? 'user' : 'assistant');
  return text === undefined ? undefined : { role: reader.text('role') ?? usual, text };
}

function listed(value: AttributeValue | undefined, role: string): readonly GenAiMessage[] {
  if (value === undefined) return [];
  const parsed = typeof value === 'string' ? parsedJson(value) : asJson(value);
  if (Array.isArray(parsed)) {
    const items: readonly unknown[] = parsed;
    return items.slice(0, mostMessages).map(item => messageOf(item, role));
  }
  if (isRecord(parsed) && Array.isArray(parsed['messages']))
    return listed(JSON.stringify(parsed['messages']), role);
  return [messageOf(parsed, role)];
}

function messageOf(item: unknown, fallback: string): GenAiMessage {
  if (!isRecord(item)) return { role: fallback, text: textOf(item) };
  const { role, content, parts, text } = item;
  const said = parts ?? content ?? text;
  return {
    role: typeof role === 'string' ? role : fallback,
    text: said === undefined || said === null ? textOf(item) : partsText(said),
  };
}

/** A message in parts: texts as they are, a part that is more than text as JSON. */
function partsText(said: unknown): string {
  if (!Array.isArray(said)) return textOf(said);
  const parts: readonly unknown[] = said;
  return parts
    .map(part => {
      if (!isRecord(part)) return textOf(part);
      const { type, content, text } = part;
      const plain = text ?? content;
      return (type === undefined || type === 'text') && typeof plain === 'string' ? plain : textOf(part);
    })
    .join('\n');
}

/** `<prefix>0.role`, `<prefix>0.content`, with `message.` in between in OpenInference. */
function numbered(
  attributes: AttributeReader,
  role: string,
  ...prefixes: readonly string[]
): readonly GenAiMessage[] {
  const messages = new Map<number, { role: string; texts: string[] }>();
  for (const { name, text } of attributes.under(...prefixes)) {
    const [, number, field] = /^(\d{1,4})\.(?:message\.)?(.+)$/.exec(name) ?? [];
    if (number === undefined || field === undefined || text === '') continue;
    const message = messages.get(Number(number)) ?? { role, texts: [] };
    messages.set(Number(number), message);
    if (field === 'role') message.role = text;
    else if (field === 'content') message.texts.unshift(text);
    else if (/content|name|arguments/.test(field)) message.texts.push(text);
  }
  return [...messages]
    .sort(([a], [b]) => a - b)
    .map(([, message]) => ({ role: message.role, text: message.texts.join('\n') }));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** The text itself where it is no JSON. */
function parsedJson(text: string): unknown {
  try {
    return /^\s*[[{]/.test(text) ? JSON.parse(text) : text;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return text;
    throw error;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
