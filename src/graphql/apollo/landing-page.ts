import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';

/**
 * What browsers are shown at `/graphql`: Apollo Sandbox, which comes from the internet. Below it, to be seen when it
 * does not come, stands where to go without the internet.
 */
export function landingPagePlugin(): ApolloServerPlugin<BaseContext> {
  const sandbox: ApolloServerPlugin<BaseContext> = ApolloServerPluginLandingPageLocalDefault({
    embed: { runTelemetry: false, initialState: { pollForSchemaUpdates: false } },
    footer: false,
  });
  return {
    async serverWillStart(server) {
      const listener = await sandbox.serverWillStart?.(server);
      const page = await listener?.renderLandingPage?.();
      if (!page) return;
      return {
        async renderLandingPage() {
          return {
            html: async () => withOtherPages(typeof page.html === 'string' ? page.html : await page.html()),
          };
        },
      };
    },
  };
}

/** Sandbox is laid over the whole page, also while it is not there yet. */
const otherPages = `
    <style nonce="NONCE">
      .other-pages { padding: 1em 1em 0; font: 1rem/1.5 system-ui, sans-serif; }
      #embeddableSandbox:not(:has(iframe)) { pointer-events: none; }
      body:has(#embeddableSandbox iframe) .other-pages { display: none; }
    </style>
    <p class="other-pages">
      Apollo Sandbox is loaded from the internet. Without it,
      <a href="graphiql">GraphiQL</a> and the <a href="dashboard">dashboard</a> work all the same: they come from this
      gateway.
    </p>`;

function withOtherPages(html: string): string {
  const nonce = /'nonce-([\w+/=-]+)'/.exec(html)?.[1] ?? '';
  return html.replace('<body>', () => `<body>${otherPages.replace('NONCE', nonce)}`);
}
