// Calls the MCP server at the given address in each way once and prints what came back, as one JSON object.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const client = new Client({ name: 'node-peer', version: '1.0.0' });
await client.connect(new StreamableHTTPClientTransport(new URL(process.argv[2])));

async function tool(name, args) {
  const result = await client.callTool({ name, arguments: args });
  return (result.isError ? 'error: ' : '') + result.content[0].text;
}

async function thrown(call) {
  try {
    return `answered: ${await call()}`;
  } catch (error) {
    return `thrown: ${error.code}`;
  }
}

const said = {
  server: client.getServerVersion().name,
  list: (await client.listTools()).tools.map(({ name }) => name).sort().join(' '),
  call: await tool('get_weather', { city: 'Oslo' }),
  tool_error: await tool('unstable', { how: 'tool_error' }),
  exception: await tool('unstable', { how: 'throw' }),
  'unknown tool': await thrown(() => tool('get_wether', { city: 'Oslo' })),
  resource: (await client.readResource({ uri: 'weather://stations/quito' })).contents[0].text,
  prompt: (await client.getPrompt({ name: 'pack_for_trip', arguments: { city: 'Oslo' } })).messages[0].content.text,
};

await client.close();
console.log(JSON.stringify(said));
