const VENUE = 'venue:'

/** The scope of a closure of one venue (館内休館). */
export const venueScope = (venue: string) => `${VENUE}${venue}`

/** The id of the venue that a scope names, or null. */
export const venueIn = (scope: string) => (scope.startsWith(VENUE) ? scope.slice(VENUE.length) : null)
