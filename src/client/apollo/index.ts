/** What front ends with Apollo Client import as `mycelix-analytics/client/apollo`. */
export { createPollingLink } from './polling-link.js';
export { refetchWhenMoved } from './refetch-when-moved.js';
export { toDocumentNode } from './to-document-node.js';
