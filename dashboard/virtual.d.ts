/** The hashes of the published operations by their names, as a gateway trusts them. */
declare module 'virtual:hashes' {
  const hashes: Readonly<Record<string, string>>;
  export default hashes;
}

/** The published operations one by one, as people read them: with their comments and the fragments that they spread. */
declare module 'virtual:starters' {
  const starters: Readonly<Record<string, string>>;
  export default starters;
}
