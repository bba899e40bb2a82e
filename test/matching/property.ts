/** How often a property is tried. PROPERTY_RUNS makes more of them. */
export const PROPERTY = { numRuns: Number(process.env.PROPERTY_RUNS ?? 300) }
