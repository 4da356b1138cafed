// OpenAI's own client for JavaScript, unchanged, against a running Kvasir.
//
//   npm ci && npm test -- --base-url http://127.0.0.1:8080
//
// Takes the first decoder and the first encoder that /v1/models names. Ends with "N passed, N failed";
// the exit status is 0 when nothing failed.
import assert from 'node:assert/strict';
import OpenAI, { APIUserAbortError, BadRequestError, NotFoundError } from 'openai';

const [option, baseUrl, ...rest] = process.argv.slice(2);
if (option !== '--base-url' || baseUrl === undefined || rest.length > 0) {
  console.error('Say which server to test: --base-url http://127.0.0.1:8080');
  process.exit(2);
}
const client = new OpenAI({
  baseURL: `${baseUrl.replace(/\/$/, '')}/v1`,
  apiKey: 'unused',
  maxRetries: 0,
});
const ids = [];
for await (const model of client.models.list()) {
  ids.push(model.id);
}
const retrieving = ids.find((id) => id.endsWith(':rag'));
const decoder = retrieving?.replace(/:rag$/, '');
const library = ids.find((id) => id.startsWith(`${decoder}:rag:`));
const encoder = ids.find((id) => id !== decoder && !id.includes(':'));
const messages = [
  { role: 'system', content: 'Answer in one sentence.' },
  { role: 'user', content: [{ type: 'text', text: 'What is Debian?' }] },
];

const cases = {
  'models are listed and described': async () => {
    assert.ok(decoder && encoder, `a decoder and an encoder among ${ids}`);
    assert.equal((await client.models.retrieve(retrieving)).id, retrieving);
  },
  'a chat is answered whole': async () => {
    const answer = await client.chat.completions.create({
      model: decoder,
      messages,
      max_tokens: 8,
    });
    assert.equal(answer.object, 'chat.completion');
    assert.equal(answer.choices[0].message.role, 'assistant');
    assert.ok(answer.choices[0].message.content.length > 0);
    assert.ok(['stop', 'length'].includes(answer.choices[0].finish_reason));
    assert.equal(
      answer.usage.total_tokens,
      answer.usage.prompt_tokens + answer.usage.completion_tokens,
    );
  },
  'a chat is answered in chunks, as whole': async () => {
    const asked = { model: decoder, messages, max_completion_tokens: 8, seed: 1, temperature: 0 };
    const whole = await client.chat.completions.create(asked);
    const runner = client.chat.completions.stream({
      ...asked,
      stream_options: { include_usage: true },
    });
    const streamed = await runner.finalChatCompletion();
    assert.equal(streamed.choices[0].message.content, whole.choices[0].message.content);
    assert.equal(streamed.choices[0].finish_reason, whole.choices[0].finish_reason);
    assert.equal((await runner.totalUsage()).completion_tokens, whole.usage.completion_tokens);
  },
  'a chat stops when its reader does': async () => {
    const stream = await client.chat.completions.create({ model: decoder, messages, stream: true });
    for await (const chunk of stream) {
      assert.equal(chunk.object, 'chat.completion.chunk');
      stream.controller.abort();
    }
    await assert.rejects(
      client.chat.completions.create({ model: decoder, messages }, { signal: AbortSignal.abort() }),
      APIUserAbortError,
    );
  },
  'a chat of chosen documents says what it is answered from, whole and in the last chunk': async () => {
    assert.ok(library, `a collection among ${ids}`);
    const collection = library.slice(`${decoder}:rag:`.length);
    const asked = { model: library, messages, max_tokens: 8 };
    const whole = await client.chat.completions.create(asked);
    assert.equal(whole.kvasir.collection, collection);
    assert.match(whole.kvasir.contrast, /^[0-9a-f-]{36}$/);
    assert.ok(whole.kvasir.passages.length > 1);
    for (const { document, heading, page, score } of whole.kvasir.passages) {
      assert.deepEqual(
        [document, heading, score].map((value) => typeof value),
        ['string', 'string', 'number'],
      );
      assert.ok(page === null || page > 0);
    }
    let last;
    const kvasir = { collection, k: 1 };
    for await (const chunk of await client.chat.completions.create({
      ...asked,
      model: retrieving,
      kvasir,
      stream: true,
    })) {
      last = chunk;
    }
    // They stand in the order in which they are read, which need not be that of their scores.
    const [best] = [...whole.kvasir.passages].sort((one, other) => other.score - one.score);
    assert.deepEqual(last.kvasir.passages, [best]);
    await assert.rejects(
      client.chat.completions.create({ ...asked, model: `${retrieving}:no-such-collection` }),
      (failure) => failure instanceof NotFoundError && failure.message.includes(collection),
    );
  },
  'what a client instructs is read before the documents': async () => {
    const question = messages.slice(1);
    const asked = { model: retrieving, max_tokens: 1, kvasir: { k: 1 } };
    const plain = await client.chat.completions.create({ ...asked, messages: question });
    const instructed = await client.chat.completions.create({ ...asked, messages });
    assert.ok(instructed.usage.prompt_tokens > plain.usage.prompt_tokens);
  },
  'messages in any order are answered': async () => {
    const [system, user] = messages;
    const assistant = { role: 'assistant', content: 'Debian is' };
    const orders = [[system], [user, user], [assistant, user], [user, assistant], [assistant]];
    for (const order of orders) {
      for (const path of [{ model: decoder }, { model: retrieving, kvasir: { k: 1 } }]) {
        const answer = await client.chat.completions.create({
          ...path,
          messages: order,
          max_tokens: 1,
        });
        assert.equal(answer.choices.length, 1, JSON.stringify(order));
      }
    }
  },
  'limits are as those of the official service': async () => {
    const most = await client.chat.completions.create({
      model: decoder,
      messages,
      max_tokens: 1_000_000,
      stop: ['.', ' '],
      top_p: 0,
      presence_penalty: 1,
      tools: [{ type: 'function', function: { name: 'look', parameters: {} } }],
      tool_choice: 'none',
    });
    assert.equal(most.choices[0].finish_reason, 'stop');
    for (const model of [decoder, retrieving]) {
      const long = [{ role: 'user', content: 'word '.repeat(18_000) }];
      await assert.rejects(
        client.chat.completions.create({ model, messages: long }),
        (failure) => failure.code === 'context_length_exceeded' && failure.param === 'messages',
      );
    }
    const tokens = [
      [2054, 2003],
      [2139, 15599, 2078],
    ];
    const many = Array.from({ length: 2_048 }, (_, index) => `number ${index}`);
    for (const input of [tokens, many]) {
      const { data } = await client.embeddings.create({ model: encoder, input });
      assert.equal(data.length, input.length);
    }
    await assert.rejects(client.responses.create({ model: decoder, input: 'Hi' }), NotFoundError);
  },
  'embeddings are the same as numbers and, as the client asks by default, as base64': async () => {
    const input = ['What is Debian?', '什么是软件包？'];
    const binary = await client.embeddings.create({ model: encoder, input });
    const numbers = await client.embeddings.create({
      model: encoder,
      input,
      encoding_format: 'float',
    });
    assert.equal(binary.data.length, 2);
    assert.deepEqual(
      binary.data.map((entry) => Array.from(entry.embedding, Math.fround)),
      numbers.data.map((entry) => entry.embedding.map(Math.fround)),
    );
    assert.ok(binary.usage.prompt_tokens > 0);
  },
  'errors are of the classes that the client has for them': async () => {
    await assert.rejects(
      client.chat.completions.create({ model: 'no-such-model', messages }),
      (failure) => failure instanceof NotFoundError && failure.code === 'model_not_found',
    );
    await assert.rejects(
      client.chat.completions.create({ model: decoder, messages, n: 2 }),
      (failure) => failure instanceof BadRequestError && failure.param === 'n',
    );
    await assert.rejects(
      client.chat.completions.create({ model: decoder, messages: [], stream: true }),
      BadRequestError,
    );
  },
};

let passed = 0;
let failed = 0;
for (const [name, run] of Object.entries(cases)) {
  const begun = Date.now();
  try {
    await run();
    passed++;
    console.log(`ok      ${name} (${Date.now() - begun} ms)`);
  } catch (failure) {
    failed++;
    console.log(
      `FAILED  ${name}\n${(failure.stack ?? String(failure)).replace(/^/gm, '        ')}`,
    );
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
