/**
 * How long a text may be that is indexed, in bytes of UTF-8. An entry of a B-tree has room for 2,704 bytes, and some
 * indexes hold two texts beside each other and a number: this many fit in any of them, however badly they compress.
 * The constraints in migrations/0001_baseline.sql say the same.
 */
export const maxIndexedBytes = 1024;
