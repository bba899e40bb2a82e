import { z } from 'zod'

/** Where people meet on the web: an https address. */
export const MeetingInput = z.object({
  url: z
    .string('required')
    .trim()
    .max(500, 'long')
    .refine((text) => URL.parse(text)?.protocol === 'https:', 'choice'),
})
