import { Client } from 'pg'

/** The database that holds the published schedule, and one that is empty but for its tables; tests copy them. */
export const SEEDED = 'madoguchi_seeded'
export const MIGRATED = 'madoguchi_migrated'

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

/** Ends the connection by which databases are made; whoever makes another opens it again. */
export async function leaveServer(): Promise<void> {
  const client = await connected
  connected = null
  await client?.end()
}

/** Makes a database (a copy of `template` where given) in place of any of that name; its address. */
export async function createDatabase(name: string, template?: string): Promise<string> {
  await dropDatabase(name)
  await administer(`create database ${name}${template ? ` template ${template}` : ''}`)
  const url = new URL(process.env.MADOGUCHI_POSTGRES ?? '')
  url.pathname = `/${name}`
  return url.href
}

/** Takes a database away, whoever is still connected to it. */
export async function dropDatabase(name: string): Promise<void> {
  await administer(`drop database if exists ${name} with (force)`)
}
