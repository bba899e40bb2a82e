import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Component = { 'bom-ref': string; name: string; version: string }
type Bom = { components: Component[]; dependencies: { ref: string; dependsOn: string[] }[] }
type Lock = { packages: Record<string, { version?: string; dev?: boolean }> }

/**
 * The shipped packages of a release as CycloneDX 1.5 (JSON), from the texts of package.json and package-lock.json. Names
 * version, licence and hash of each, and which needs which. Needs no network and no installed package.
 */
export function billOfMaterials(manifest: string, lock: string): string {
  const { name } = JSON.parse(manifest) as { name: string }
  const folder = mkdtempSync(join(tmpdir(), 'sbom-'))
  try {
    // npm names the product after its folder.
    const project = join(folder, name)
    mkdirSync(project)
    writeFileSync(join(project, 'package.json'), manifest)
    writeFileSync(join(project, 'package-lock.json'), lock)
    const command = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application']
    const bom = JSON.parse(execFileSync('npm', command, { cwd: project, encoding: 'utf8', maxBuffer: 2 ** 28 })) as Bom
    return `${JSON.stringify(shipped(bom, JSON.parse(lock) as Lock), null, 2)}\n`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Without the tools of developers. npm's own `--omit dev` also leaves out what tools and product share. */
function shipped(bom: Bom, { packages }: Lock): Bom {
  const kept = new Set(
    Object.entries(packages)
      .filter(([path, { dev }]) => path !== '' && !dev)
      .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`),
  )
  const components = bom.components.filter(({ name, version }) => kept.has(`${name}@${version}`))
  const gone = new Set(bom.components.filter((one) => !components.includes(one)).map((one) => one['bom-ref']))
  const dependencies = bom.dependencies
    .filter(({ ref }) => !gone.has(ref))
    .map((one) => ({ ...one, dependsOn: one.dependsOn.filter((ref) => !gone.has(ref)) }))
  return { ...bom, components, dependencies }
}
