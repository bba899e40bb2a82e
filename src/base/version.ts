import manifest from '../../package.json' with { type: 'json' }

/** The version of this code, as `package.json` says it. Node, the bundles and the Worker read it from there. */
export const VERSION: string = manifest.version
