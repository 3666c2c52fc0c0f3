import type { Plugin } from 'vite';

/** A font that is written into the style sheet itself. */
const inlineFont = /@font-face\s*\{[^}]*url\(["']?data:[^}]*\}/g;

/**
 * Takes out the fonts that GraphiQL writes into its style sheet, which would be half a megabyte for every reader and
 * every package. The fonts of the reader's machine take their place, see `graphiql/style.css`.
 */
export function withoutFonts(): Plugin {
  return {
    name: 'without-fonts',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === 'asset' && file.fileName.endsWith('.css'))
          file.source = String(file.source).replaceAll(inlineFont, '');
    },
  };
}
