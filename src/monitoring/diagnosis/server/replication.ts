import { sql } from 'kysely';
import { Field, Float, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import type { DatabaseKind } from '../../../database/database.js';
import type { Reader } from '../../../database/reader/reader.js';
import { BigIntScalar } from '../../../scalars/index.js';
import { find, list, seesOthers } from '../query.js';
import { type Available, available, Section, unavailable } from '../section.js';

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'A replica connected to this server.' })
export class Replica {
  @Field(() => String, { description: 'Its application_name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Its state, such as "streaming" or "catchup".' })
  state!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Synchronous state: "async", "sync", "quorum" or "potential".',
  })
  synchrony!: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Write-ahead log it has not replayed yet, in bytes.',
  })
  lagBytes!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Replay lag as it last reported, in seconds; null while nothing is written.',
  })
  lagSeconds!: number | null;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'A replication slot. An inactive slot retains write-ahead log until the disk is full.',
})
export class ReplicationSlot {
  @Field(() => String, { description: 'The slot name.' })
  name!: string;

  @Field(() => String, { description: 'The slot type: "physical" or "logical".' })
  kind!: string;

  @Field(() => Boolean, { description: 'Whether a consumer is connected.' })
  active!: boolean;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Write-ahead log retained for it, in bytes.',
  })
  retainedBytes!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'State of the log it needs: "reserved", "extended", "unreserved" or "lost".',
  })
  walStatus!: string | null;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'Replication of this server, as a primary or as a replica.',
})
export class Replication extends Section {
  @Field(() => Boolean, { nullable: true, description: 'Whether this server is a replica.' })
  isReplica?: boolean | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Seconds since the last transaction this replica replayed; null on a primary.',
  })
  replayAgeSeconds?: number | null;

  @Field(() => [Replica], { nullable: true, description: 'Connected replicas.' })
  replicas?: readonly Replica[] | null;

  @Field(() => [ReplicationSlot], { nullable: true, description: 'Replication slots.' })
  slots?: readonly ReplicationSlot[] | null;
}

/** End of the write-ahead log: the replay position on a replica. */
const logEnd = sql`(case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end)`;

export async function readReplication(
  reader: Reader,
  kind: DatabaseKind,
): Promise<Available<Replication> | Section> {
  if (kind === 'embedded')
    return unavailable('A PostgreSQL server: the embedded database cannot be replicated.');
  const state = await find(
    reader,
    'replication.state',
    sql<{ isReplica: boolean; replayAgeSeconds: number | null; seesOthers: boolean; replicas: number }>`
      select pg_is_in_recovery() as "isReplica", ${seesOthers} as "seesOthers",
        case when pg_is_in_recovery()
          then extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::float8 end as "replayAgeSeconds",
        (select count(*) from pg_stat_replication) as "replicas"`,
  );
  const slots = await list(
    reader,
    'replication.slots',
    sql<ReplicationSlot>`
      select slot_name as "name", slot_type as "kind", active, wal_status as "walStatus",
        pg_wal_lsn_diff(${logEnd}, restart_lsn)::bigint as "retainedBytes"
      from pg_replication_slots order by 1`,
  );
  const replicas = await list(
    reader,
    'replication.replicas',
    sql<Replica>`
      select application_name as "name", state, sync_state as "synchrony",
        pg_wal_lsn_diff(${logEnd}, replay_lsn)::bigint as "lagBytes", extract(epoch from replay_lag)::float8 as "lagSeconds"
      from pg_stat_replication order by 1, pid`,
  );
  const { isReplica, replayAgeSeconds } = state;
  const isHidden = !state.seesOthers && state.replicas > 0;
  return available(
    { isReplica, replayAgeSeconds, slots, replicas: isHidden ? null : replicas },
    isHidden ? 'The role pg_monitor for this database user: replica positions are hidden from it.' : null,
  );
}
