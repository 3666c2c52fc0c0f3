import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { publishedDocuments } from './documents-plugin.ts';
import { withoutFonts } from './fonts-plugin.ts';
import { thirdPartyLicences } from './licences-plugin.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: here,
  // Everything is asked for relative to the page, so that a proxy may put the gateway below a path.
  base: './',
  plugins: [publishedDocuments(), withoutFonts(), thirdPartyLicences('pages')],
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsDir: 'pages',
    // Nothing is inlined: the pages may load scripts, styles and images from their own origin only.
    assetsInlineLimit: 0,
    target: 'es2022',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 10_000,
    rolldownOptions: {
      checks: { pluginTimings: false },
      // GraphiQL says in the console which worker it starts, four times a visit.
      treeshake: { manualPureFunctions: ['console.info'] },
      input: [`${here}dashboard.html`, `${here}graphiql.html`],
      onLog(level, log, handle) {
        // Packages mark what runs on servers, which nothing here does.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
  worker: { format: 'es', plugins: () => [thirdPartyLicences('workers')] },
  logLevel: 'warn',
});
