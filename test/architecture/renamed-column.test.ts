import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const generated = path.join(root, 'src/database/generated.ts');

/** Of the files that stay as they are, so that each is parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** The files of the catalogue and of analytics that do not compile over other types of the tables. */
function listBrokenFiles(change: (types: string) => string): string[] {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  host.readFile = (file) =>
    path.resolve(file) === generated ? change(readFileSync(generated, 'utf8')) : readFile(file);
  const parse = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) => {
    if (path.resolve(file) === generated) return parse(file, ...rest);
    if (!parsed.has(file)) parsed.set(file, parse(file, ...rest));
    return parsed.get(file);
  };
  const program = ts.createProgram(
    [path.join(root, 'src/analytics/index.ts')],
    { ...options, noEmit: true },
    host,
  );
  return program
    .getSourceFiles()
    .map(({ fileName }) => path.relative(root, fileName))
    .filter((file) => /^src\/(catalogue|analytics)\//.test(file))
    .filter((file) => program.getSemanticDiagnostics(program.getSourceFile(path.join(root, file))).length > 0)
    .sort();
}

describe('The types of the tables', () => {
  it('fit the catalogue and the repositories', () => {
    expect(listBrokenFiles((types) => types)).toEqual([]);
  });

  it('break the catalogue and analytics where a column is renamed, added, or of another type', () => {
    const replacements: [before: string, after: string][] = [
      ['  trending_score: number | bigint;', '  score: number | bigint | null;'],
      ['interface MvGenreStats {', 'interface MvGenreStats {\n  total_skips: number | bigint | null;'],
      ['  unique_artists: number | bigint;', '  unique_artists: string;'],
    ];
    const broken = listBrokenFiles((types) =>
      replacements.reduce((text, [before, after]) => {
        expect(text.split(before)).toHaveLength(2);
        return text.replace(before, after);
      }, types),
    );
    expect(broken.filter((file) => file.startsWith('src/catalogue/'))).toEqual([
      'src/catalogue/genre-stats.ts',
      'src/catalogue/listener-activity.ts',
      'src/catalogue/song-analytics.ts',
    ]);
    expect(broken.filter((file) => file.startsWith('src/analytics/'))).not.toEqual([]);
  });
});
