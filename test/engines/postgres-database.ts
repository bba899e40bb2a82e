import { Client } from 'pg'

/** The database that holds the published schedule, and one that is empty but for its tables; tests copy them. */
export const SEEDED = 'madoguchi_seeded'
export const MIGRATED = 'madoguchi_migrated'
/** As `SEEDED`, with a copy of every row in the schema `kept`, from which the rows are restored. */
export const KEEPING = 'madoguchi_keeping'

let connected: Promise<Client> | null = null

async function connect(): Promise<Client> {
  const client = new Client({ connectionString: process.env.MADOGUCHI_POSTGRES })
  await client.connect()
  return client
}

async function administer(sql: string): Promise<void> {
  connected ??= connect()
  const client = await connected
  await client.query(sql)
}

/** Ends the connection that creates databases. Creating another one opens it again. */
export async function leaveServer(): Promise<void> {
  const client = await connected
  connected = null
  await client?.end()
}

/** Creates a database (a copy of `template` if given), replacing one of that name. Returns its address. */
export async function createDatabase(name: string, template?: string): Promise<string> {
  await dropDatabase(name)
  await administer(`create database ${name}${template ? ` template ${template}` : ''}`)
  const url = new URL(process.env.MADOGUCHI_POSTGRES ?? '')
  url.pathname = `/${name}`
  return url.href
}

/** Drops a database, even if connections are open. */
export async function dropDatabase(name: string): Promise<void> {
  await administer(`drop database if exists ${name} with (force)`)
}
