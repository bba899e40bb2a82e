import type { LetterTexts } from './letters.ja.ts'

/** The sentences of the letters, in English. */
export const en: LetterTexts = {
  subject: (mark, title, day, number) => `${mark} ${title}, ${day}, booking number ${number}`,
  mark: { booked: '[Booking confirmed]', cancelled: '[Booking cancelled]', link: '[Your booking]' },
  heading: {
    booked: 'Your booking is confirmed',
    cancelled: 'Your booking is cancelled',
    link: 'Here is your booking',
  },
  dear: (name) => `Dear ${name},`,
  opening: {
    booked: ['Thank you for booking. Your place is confirmed.', 'Please keep this letter until the day.'],
    cancelled: ['This booking has been cancelled.', 'If you did not ask for this, please call the desk named below.'],
    link: [
      'Here are the details of your booking and the link to change or cancel it.',
      'We send this letter when somebody asks for it on the page “My booking”, or applies again for a date that you have already booked. If this was not you, there is nothing to do: your booking stays as it is.',
    ],
  },
  what: 'What',
  when: 'When',
  format: 'How it is held',
  place: 'Place',
  note: 'Please note',
  number: 'Booking number',
  deadline: 'You can cancel',
  manage: {
    title: 'See, change or cancel your booking',
    text: 'Follow this link. It is yours alone: please do not pass it on.',
    open: 'Open your booking',
  },
  byPhone: {
    title: 'You can also call',
    text: (number) =>
      `If the link does not open, or if it is urgent, please call the desk and give the booking number ${number}. They can check, change or cancel your booking.`,
  },
  ask: {
    title: 'Questions',
    text: (number) => `Please call the desk and give the booking number ${number}.`,
  },
  calendar: {
    title: 'Add it to your calendar',
    text: 'Open the attached invite.ics or this link to put the date into your calendar.',
    file: 'Calendar file (.ics)',
  },
  again: {
    title: 'Find another date',
    text: 'You are welcome to book again. These are the dates ahead:',
    open: 'See the dates ahead',
  },
  phone: (phones) => `Phone ${phones.join(', ')}`,
  replies: 'This letter was sent automatically. You may reply to it if you have questions.',
  noReplies: 'This letter was sent automatically and replies are not read. Please call the desk instead.',
}
