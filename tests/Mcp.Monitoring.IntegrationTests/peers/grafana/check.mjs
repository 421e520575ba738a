// Asks Grafana's own type definitions about dashboards: [{ … }, …] in the file that is named.
// Prints, for each part that they refuse, what they say: [{ "part": "MCP / Overview: p95", "message": "…" }, …].
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const dashboards = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const file = fileURLToPath(new URL('dashboards.ts', import.meta.url));

// JSON has no enums: a member is taken for its value. Of Prometheus's queries the package has no type.
const kinds = { stat: 'Stat', timeseries: 'TimeSeries', bargauge: 'BarGauge', table: 'Table', 'state-timeline': 'StateTimeline', heatmap: 'Heatmap' };
const moduleOf = (name) => `@grafana/schema/dist/esm/raw/composable/${name.toLowerCase()}/panelcfg/x/${name}PanelCfg_types.gen`;
const head = [
  "import type { AnnotationQuery, Dashboard, DataQuery, FieldConfig, Panel, RowPanel, TableFieldOptions } from '@grafana/schema';",
  ...Object.values(kinds).map((name) => `import type * as ${name} from '${moduleOf(name)}';`),
  'type J<T> = T extends string ? `${T}` : T extends number ? T extends infer N extends number ? `${N}` extends `${infer M extends number}` ? M : N : never : T extends (infer U)[] ? J<U>[] : T extends object ? { [K in keyof T]: J<T[K]> } : T;',
  'type Options = { stat: Stat.Options; timeseries: TimeSeries.Options; bargauge: BarGauge.Options; table: Table.Options; "state-timeline": StateTimeline.Options; heatmap: Heatmap.Options };',
  'type Custom = { stat: {}; timeseries: TimeSeries.FieldConfig; bargauge: {}; table: Partial<TableFieldOptions>; "state-timeline": StateTimeline.FieldConfig; heatmap: Heatmap.FieldConfig };',
  'type Query = DataQuery & { expr: string; exemplar: boolean; instant: boolean; range: boolean; legendFormat: string; format: "time_series" | "table" | "heatmap"; editorMode: "code" };',
  'type Fields<K extends keyof Custom> = { defaults: J<Omit<FieldConfig, "custom">> & { custom: J<Custom[K]> }; overrides: { matcher: { id: string; options: string }; properties: { id: string; value: unknown }[] }[] };',
  'type PanelOf<K extends keyof Custom> = J<Omit<Panel, "type" | "options" | "fieldConfig" | "targets">> & { type: K; options: J<Options[K]>; fieldConfig: Fields<K>; targets: J<Query>[] };',
  'type Head = J<Omit<Dashboard, "panels" | "annotations">> & { annotations: { list: (J<AnnotationQuery> & { expr?: string; step?: string; titleFormat?: string; tagKeys?: string })[] } };',
];

const parts = [];
const body = [];
const say = (part, type, value) => {
  body.push(`const part${parts.length}: ${type} = ${JSON.stringify(value)};`);
  parts.push(part);
};
for (const { panels, ...rest } of dashboards) {
  say(rest.title, 'Head', rest);
  for (const panel of panels.flatMap((one) => [one, ...(one.panels ?? [])])) {
    const part = `${rest.title}: ${panel.title}`;
    if (panel.type === 'row') {
      say(part, "J<Omit<RowPanel, 'panels'>> & { panels: unknown[] }", panel);
    } else {
      say(part, `PanelOf<${JSON.stringify(panel.type)}>`, panel);
    }
  }
}
const text = [...head, ...body, 'export {};'].join('\n');

const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 };
const host = ts.createCompilerHost(options);
const { fileExists, readFile, getSourceFile } = host;
host.fileExists = (name) => name === file || fileExists.call(host, name);
host.readFile = (name) => (name === file ? text : readFile.call(host, name));
host.getSourceFile = (name, version, ...others) => (name === file ? ts.createSourceFile(name, text, version, true) : getSourceFile.call(host, name, version, ...others));

const program = ts.createProgram([file], options, host);
const source = program.getSourceFile(file);
const diagnostics = [...program.getOptionsDiagnostics(), ...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
console.log(JSON.stringify(diagnostics.map((diagnostic) => {
  const line = diagnostic.start === undefined ? -1 : ts.getLineAndCharacterOfPosition(diagnostic.file, diagnostic.start).line;
  return { part: parts[line - head.length] ?? 'types', message: ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ') };
})));
