// Reads server-sent events as the HTML standard has them. The browser's own EventSource sends no token.

/**
 * The events of a stream, as they come.
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<{name: string, data: any}[]>} those that came together; never none
 */
export async function* events(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
    rest = blocks.pop();
    const found = blocks.map(parse).filter((event) => event !== null);
    if (found.length > 0) {
      yield found;
    }
  }
}

/** @param {string} block @returns {{name: string, data: any} | null} null for a comment */
function parse(block) {
  let name = 'message';
  const data = [];
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) {
      name = line.slice(7);
    } else if (line.startsWith('data: ')) {
      data.push(line.slice(6));
    }
  }
  return data.length === 0 ? null : { name, data: JSON.parse(data.join('\n')) };
}
