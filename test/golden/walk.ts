import './fixed.ts'

// One after the other: each chapter finds the rows, the clock and the browsers as the one before left them.
await import('./chapters/00-public.ts')
await import('./chapters/01-staff.ts')
await import('./chapters/02-plan.ts')
await import('./chapters/03-book.ts')
await import('./chapters/04-holders.ts')
await import('./chapters/05-desk.ts')
await import('./chapters/06-sessions.ts')
await import('./chapters/07-console.ts')
await import('./chapters/08-thursday.ts')
await import('./chapters/09-friday.ts')
await import('./chapters/10-survey.ts')
await import('./chapters/11-lots.ts')
await import('./chapters/12-winter.ts')
await import('./chapters/13-kept.ts')
await import('./chapters/14-commands.ts')
await import('./chapters/15-ending.ts')
