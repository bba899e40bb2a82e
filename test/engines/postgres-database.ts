import { Client } from 'pg'

/** The database that holds the published schedule; tests copy it. */
export const SEEDED = 'madoguchi_seeded'

async function administer(sql: string): Promise<void> {
  const client = new Client({ connectionString: process.env.MADOGUCHI_POSTGRES })
  await client.connect()
  await client.query(sql)
  await client.end()
}

/** Makes a database (a copy of `template` where given) in place of any of that name; its address. */
export async function createDatabase(name: string, template?: string): Promise<string> {
  await administer(`drop database if exists ${name} with (force)`)
  await administer(`create database ${name}${template ? ` template ${template}` : ''}`)
  const url = new URL(process.env.MADOGUCHI_POSTGRES ?? '')
  url.pathname = `/${name}`
  return url.href
}
