import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { init, type ModuleInfos } from 'license-checker-rseidelsohn'

const FILE = 'THIRD-PARTY-NOTICES.md'

/** Licences allowed for packages that are shipped. */
const SHIPPED = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
]
/** Licences allowed for tools, which stay on a developer's machine. */
const TOOLS = [...SHIPPED, 'MPL-2.0', 'LGPL-3.0-or-later', 'CC-BY-3.0', 'Zlib', 'Unlicense', 'PSF-2.0']

type Locked = { version?: string; license?: string; dev?: boolean; os?: string[]; cpu?: string[] }

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> }
const installed = await new Promise<ModuleInfos>((resolve, reject) => {
  init({ start: '.', customFormat: { licenseText: '' } }, (fault, found) => (fault ? reject(fault) : resolve(found)))
})

const packages = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, locked]) => ({ ...locked, name: path.replace(/^.*node_modules\//, '') }))
  .toSorted((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))

/** Whether these licences meet an SPDX expression: one side of an OR, both sides of an AND. */
function isMet(expression: string, allowed: readonly string[]): boolean {
  const choices = expression.replaceAll(/[()]/g, '').split(' OR ')
  return choices.some((choice) => choice.split(' AND ').every((license) => allowed.includes(license)))
}

/** The text of its licence, and its NOTICE if it has one; empty if the package holds neither. */
function textOf({ name, version }: { name: string; version?: string }): string {
  const { licenseFile, licenseText = '', noticeFile } = installed[`${name}@${version}`] ?? {}
  const license = licenseFile !== undefined && !/readme/i.test(licenseFile) ? [licenseText] : []
  const notice = noticeFile !== undefined && existsSync(noticeFile) ? [readFileSync(noticeFile, 'utf8')] : []
  return [...license, ...notice].map((text) => text.replaceAll('\r', '').trim()).join('\n\n')
}

const shipped = packages.filter(({ dev }) => !dev)
// The machine decides which builds are installed. Each build contains its own texts.
const { builds = [], others = [] } = Object.groupBy(shipped, ({ os, cpu }) => (os || cpu ? 'builds' : 'others'))
const texts = Map.groupBy(others, textOf)
const without = texts.get('') ?? []
texts.delete('')

const titled = ({ name, version }: { name: string; version?: string }) => `${name} ${version}`
const notices = `# Third-party notices

Madoguchi contains or needs the packages below. This file is written by \`npm run notices\`; do not edit it.

| package | version | licence |
|---|---|---|
${shipped.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`).join('\n')}

Builds for one platform hold their licence texts themselves: ${builds.map(titled).join(', ')}.

These packages name their licence and hold no text of it: ${without.map(titled).join(', ')}.
${[...texts].map(([text, of]) => `\n## ${of.map(titled).join(', ')}\n\n\`\`\`text\n${text}\n\`\`\`\n`).join('')}`

const strangers = packages.filter(({ license = 'none', dev }) => !isMet(license, dev ? TOOLS : SHIPPED))
const faults = strangers.map(({ name, version, license }) => `${name} ${version} has the licence ${license}`)
if (!process.argv.includes('--check')) writeFileSync(FILE, notices)
else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== notices) {
  faults.push(`${FILE} is out of date: run npm run notices`)
}
for (const fault of faults) console.error(fault)
process.exitCode = faults.length > 0 ? 1 : 0
