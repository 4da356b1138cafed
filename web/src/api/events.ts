/** Server-sent events of one answer, as they come. */
import { createParser } from 'eventsource-parser';

/**
 * Reads events until the answer ends.
 *
 * @param onEvent is given each event and its place in the stream; -1 for one that has none
 */
export async function readEvents(
  response: Response,
  onEvent: (event: unknown, index: number) => void,
): Promise<void> {
  if (response.body === null) {
    return;
  }
  const parser = createParser({
    onEvent: ({ data, id }) => {
      onEvent(JSON.parse(data), Number(id ?? -1));
    },
  });
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    parser.feed(decoder.decode(value, { stream: true }));
  }
}
