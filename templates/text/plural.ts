/** The English plural ending for a count: none for 1, else `s`. */
export const s = (count: number) => (count === 1 ? '' : 's')
