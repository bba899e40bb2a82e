import manifest from '../../package.json' with { type: 'json' }

/** The version in `package.json`. Node, the bundles and the Worker all read it there. */
export const VERSION: string = manifest.version
