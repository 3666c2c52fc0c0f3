import { Kind, type ObjectTypeDefinitionNode, parse, print, printSchema } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSchema } from '../../src/schema/schema.js';

/** What clients may rely on, to the letter. More arguments may come, none that a client would have to give. */
const promised = parse(/* GraphQL */ `
  type Query {
    platformStats: PlatformStats!
    artist(address: Address!): Artist
    artists(
      filter: ArtistFilter, orderBy: [ArtistOrder!], first: Int, after: String, last: Int, before: String
    ): ArtistConnection!
    song(id: ID!): Song
    songs(
      filter: SongFilter, orderBy: [SongOrder!], first: Int, after: String, last: Int, before: String
    ): SongConnection!
    trendingSongs(first: Int = 20, genre: String): [Song!]!
    popularSongs(first: Int = 20, strategy: Strategy): [Song!]!
    topSongsThisWeek(first: Int = 100): [ChartEntry!]!
    genres: [GenreStats!]!
    genre(name: String!): GenreStats
    searchSongs(query: String!, first: Int = 20): [Song!]!
    listener(address: Address!): Listener
    listeners(
      filter: ListenerFilter, orderBy: [ListenerOrder!], first: Int, after: String, last: Int, before: String
    ): ListenerConnection!
    viewFreshness: [ViewFreshness!]!
    monitoring: Monitoring!
  }
  type Mutation {
    refreshViews(views: [ViewName!]): RefreshReport!
    analyzeTable(table: MaintainableTable!): MaintenanceReport!
    vacuumTable(table: MaintainableTable!): MaintenanceReport!
    setThresholds(slowQueryMs: Int, connectionPoolWarning: Int, viewStalenessHours: Float): Thresholds!
    clearQueryMetrics: Boolean!
  }
  type Monitoring {
    explain(query: String!, variables: JSON, analyze: Boolean = false): [ExplainedStatement!]!
  }
`).definitions as ObjectTypeDefinitionNode[];

const fields = promised.flatMap((type) =>
  (type.fields ?? []).map((field) => ({ owner: type.name.value, name: field.name.value, field })),
);

let types: Map<string, ObjectTypeDefinitionNode>;
beforeAll(async () => {
  const { definitions } = parse(printSchema(await createSchema()));
  types = new Map(
    definitions
      .filter((definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION)
      .map((definition) => [definition.name.value, definition]),
  );
});

describe('The schema keeps what is promised of', () => {
  it.each(fields)('$owner.$name', ({ owner, name, field }) => {
    const found = types.get(owner)?.fields?.find((each) => each.name.value === name);
    expect(found && print(found.type)).toBe(print(field.type));
    const given = new Map(found?.arguments?.map((argument) => [argument.name.value, argument]));
    for (const argument of field.arguments ?? []) {
      const there = given.get(argument.name.value);
      expect(there && print({ ...there, description: undefined })).toBe(print(argument));
      given.delete(argument.name.value);
    }
    for (const { type, defaultValue } of given.values())
      expect(type.kind === Kind.NON_NULL_TYPE && !defaultValue).toBe(false);
  });
});
