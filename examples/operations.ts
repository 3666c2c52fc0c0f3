export * from '../schema/operations.js';
