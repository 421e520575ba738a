// Lists the operations at the given address with the given token, calls every tool, and prints what came back, as one JSON object. The client checks each answer against the schema of its tool.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [, , address, token] = process.argv;
const client = new Client({ name: 'node-peer', version: '1.0.0' });
await client.connect(new StreamableHTTPClientTransport(new URL(address), { requestInit: { headers: { Authorization: `Bearer ${token}` } } }));

const given = {
  explain_incident: { number: 1 },
  explain_operation: { type: 'tools', name: 'unstable' },
  query_metric: { metric: 'mcp_operations_total', by: ['operation'] },
  acknowledge_incident: { number: 1 },
  silence: { number: 1, minutes: 5, comment: 'a test' },
  resolve_incident: { number: 1 },
};
const said = {};
for (const { name } of (await client.listTools()).tools) {
  const result = await client.callTool({ name, arguments: given[name] ?? {} });
  said[name] = result.isError ? `refused: ${JSON.parse(result.content[0].text).error}` : `answered: ${Object.keys(result.structuredContent).sort().join(' ')}`;
}

said.resource = (await client.readResource({ uri: 'monitoring://status' })).contents[0].mimeType;
said.prompt = (await client.getPrompt({ name: 'investigate_incident', arguments: { number: '1' } })).messages[0].role;
await client.close();
console.log(JSON.stringify(said));
