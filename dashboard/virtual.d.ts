/** The published operations one by one, as people read them: with their comments and the fragments that they spread. */
declare module 'virtual:starters' {
  const starters: Readonly<Record<string, string>>;
  export default starters;
}
