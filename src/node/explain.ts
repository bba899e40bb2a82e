/** What the faults of SQLite and of files mean to an operator, by their codes. */
const MEANS: readonly [RegExp, string][] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'another process kept the database locked for too long'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT|53100)/, 'the disk is full'],
  [/^(SQLITE_READONLY|EACCES|EPERM|EROFS)/, 'this user or this disk does not allow writing there'],
  [/^(EEXIST|ENOTDIR)/, 'a file is where a folder should be'],
  [/^(SQLITE_CANTOPEN|ENOENT|EISDIR)/, 'a file or its folder is missing or cannot be opened'],
  [/^(SQLITE_IOERR|EIO|EFBIG)/, 'the disk reports an error'],
  [/^SQLITE_(NOTADB|CORRUPT)/, 'the file is not a database of Madoguchi, or is damaged'],
]

const codeOf = (error: Error) => ('code' in error && typeof error.code === 'string' ? error.code : null)

/** What a fault of the disk, the file or a lock means, also as the cause of an error. Null for any other error. */
export function meaningOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const code = codeOf(error)
  return MEANS.find(([codes]) => code !== null && codes.test(code))?.[1] ?? meaningOf(error.cause)
}

/** The sentence for an operator about an error. A fault in the system's own words is explained before them. */
export function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const means = codeOf(error) === null ? null : meaningOf(error)
  return means === null ? error.message : `${means} (${error.message})`
}
