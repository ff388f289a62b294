import assert from 'node:assert/strict';
import type { AttributeValue } from '../../../../../src/core/model/attributes';
import { genAiFacts } from '../../../../../src/core/semantics/facts/genAiFacts';
import { messageOfEvent } from '../../../../../src/core/semantics/facts/genAiMessages';
import { known, reading } from '../support/attributes';

describe('the facts of a call of a model', () => {
  const cases: {
    title: string;
    attributes: Record<string, AttributeValue>;
    expected: Record<string, unknown>;
  }[] = [
    {
      title: 'the semantic conventions',
      attributes: {
        'gen_ai.provider.name': 'openai',
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'm-large',
        'gen_ai.response.model': 'm-large-2026',
        'gen_ai.usage.input_tokens': 120n,
        'gen_ai.usage.output_tokens': 30n,
        'gen_ai.request.temperature': 0.2,
        'gen_ai.response.finish_reasons': ['stop', 'length'],
      },
      expected: {
        provider: 'openai',
        operation: 'chat',
        requestModel: 'm-large',
        responseModel: 'm-large-2026',
        inputTokens: 120,
        outputTokens: 30,
        totalTokens: 150,
        temperature: 0.2,
        finishReasons: 'stop, length',
      },
    },
    {
      title: 'the names before them',
      attributes: {
        'gen_ai.system': 'anthropic',
        'gen_ai.usage.prompt_tokens': 5n,
        'gen_ai.usage.completion_tokens': 2n,
        'llm.usage.total_tokens': 9n,
      },
      expected: { provider: 'anthropic', inputTokens: 5, outputTokens: 2, totalTokens: 9 },
    },
    {
      title: 'OpenInference',
      attributes: {
        'openinference.span.kind': 'LLM',
        'llm.model_name': 'm',
        'llm.token_count.prompt': 1n,
        'llm.input_messages.1.message.content': 'and then?',
        'llm.input_messages.1.message.role': 'user',
        'llm.input_messages.0.message.role': 'system',
        'llm.input_messages.0.message.content': 'be brief',
        'llm.output_messages.0.message.content': 'done',
      },
      expected: {
        operation: 'LLM',
        requestModel: 'm',
        inputTokens: 1,
        messages: [
          { role: 'system', text: 'be brief' },
          { role: 'user', text: 'and then?' },
          { role: 'assistant', text: 'done' },
        ],
      },
    },
  ];
  for (const { title, attributes, expected } of cases)
    it(`are read from ${title}`, () => assert.deepEqual(known(genAiFacts(reading(attributes))), expected));
});

describe('the messages of a call of a model', () => {
  const cases: { title: string; attributes: Record<string, AttributeValue>; expected: [string, string][] }[] =
    [
      {
        title: 'as JSON in parts, the instructions first',
        attributes: {
          'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"text","content":"Bern"}]}]',
          'gen_ai.input.messages':
            '[{"role":"user","parts":[{"type":"text","content":"Capital?"},{"type":"text","content":"Of CH."}]}]',
          'gen_ai.system_instructions': '[{"type":"text","content":"Be brief."}]',
        },
        expected: [
          ['system', 'Be brief.'],
          ['user', 'Capital?\nOf CH.'],
          ['assistant', 'Bern'],
        ],
      },
      {
        title: 'as nested attributes',
        attributes: {
          'gen_ai.input.messages': [
            {
              entries: [
                { key: 'role', value: 'user' },
                { key: 'content', value: 'hello' },
              ],
            },
          ],
        },
        expected: [['user', 'hello']],
      },
      {
        title: 'numbered one by one',
        attributes: {
          'gen_ai.prompt.0.role': 'user',
          'gen_ai.prompt.0.content': 'hi',
          'gen_ai.completion.0.content': 'there',
        },
        expected: [
          ['user', 'hi'],
          ['assistant', 'there'],
        ],
      },
      {
        title: 'as plain text',
        attributes: { 'gen_ai.prompt': 'hi', 'gen_ai.completion': '[not json' },
        expected: [
          ['user', 'hi'],
          ['assistant', '[not json'],
        ],
      },
    ];
  for (const { title, attributes, expected } of cases)
    it(`are read ${title}`, () =>
      assert.deepEqual(
        genAiFacts(reading(attributes)).messages.map(({ role, text }) => [role, text]),
        expected,
      ));

  it('show the call of a tool as JSON', () => {
    const call =
      '[{"role":"assistant","parts":[{"type":"tool_call","name":"weather","arguments":{"city":"Bern"}}]}]';
    const [message] = genAiFacts(reading({ 'gen_ai.output.messages': call })).messages;
    assert.match(message?.text ?? '', /"name": "weather"[^]*"city": "Bern"/);
  });

  it('may be events', () => {
    const of = (name: string, text: string) => messageOfEvent(name, [{ key: 'content', value: text }]);
    assert.deepEqual(of('gen_ai.user.message', 'hi'), { role: 'user', text: 'hi' });
    assert.deepEqual(of('gen_ai.choice', 'there'), { role: 'assistant', text: 'there' });
    assert.deepEqual(of('gen_ai.content.prompt', 'hi'), { role: 'user', text: 'hi' });
    assert.equal(of('gen_ai.evaluation.result', 'x'), undefined);
    assert.equal(messageOfEvent('gen_ai.choice', []), undefined);
  });
});
