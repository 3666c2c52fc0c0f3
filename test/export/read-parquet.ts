import { type FileMetaData, parquetMetadata, parquetReadObjects } from 'hyparquet';

export interface ParquetFile {
  readonly metadata: FileMetaData;
  /** Exact values: decimals in digits with all decimals of their scale, times in microseconds, whole numbers as bigints. */
  readonly rows: readonly Record<string, unknown>[];
}

/** Reads a file with another library than the one that wrote it, without its conversions, which lose digits. */
export async function readParquet(bytes: Uint8Array): Promise<ParquetFile> {
  const file = Uint8Array.from(bytes).buffer;
  const metadata = parquetMetadata(file);
  const raw = parquetMetadata(file);
  for (const element of raw.schema)
    if (element.converted_type === 'DECIMAL' || element.converted_type === 'TIMESTAMP_MICROS') {
      delete element.converted_type;
      delete element.logical_type;
    }
  const rows = await parquetReadObjects({ file, metadata: raw });
  const scales = new Map(
    metadata.schema.flatMap(({ name, converted_type, scale = 0 }) =>
      converted_type === 'DECIMAL' ? [[name, scale] as const] : [],
    ),
  );
  return {
    metadata,
    rows: rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => {
          const scale = scales.get(name);
          return [
            name,
            scale !== undefined && value ? digitsOf(value as Uint8Array, scale) : (value ?? null),
          ];
        }),
      ),
    ),
  };
}

function digitsOf(bytes: Uint8Array, scale: number): string {
  const whole = BigInt.asIntN(
    8 * bytes.length,
    bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n),
  );
  const digits = (whole < 0n ? -whole : whole).toString().padStart(scale + 1, '0');
  return `${whole < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
