import * as z from 'zod'

/** The https address of a meeting on the web. */
export const MeetingInput = z.object({
  url: z
    .string('required')
    .trim()
    .max(500, 'long')
    .refine((text) => URL.parse(text)?.protocol === 'https:', 'choice'),
})
