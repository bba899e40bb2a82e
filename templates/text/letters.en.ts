import type { LetterTexts } from './letters.ja.ts'

/** The sentences of the letters, in English. */
export const en: LetterTexts = {
  subject: (mark, title, day, number) => `${mark} ${title}, ${day}, booking number ${number}`,
  mark: {
    booked: '[Booking confirmed]',
    promoted: '[Booking confirmed]',
    moved: '[Booking changed]',
    cancelled: '[Booking cancelled]',
    waiting: '[Waiting list]',
    offered: '[A place for you]',
    lapsed: '[Offer expired]',
    left: '[Left the waiting list]',
    link: '[Your booking]',
    called_off: '[Called off]',
    postponed: '[Postponed]',
    rescheduled: '[Booking changed]',
    converted: '[Held otherwise]',
    meeting: '[Web meeting]',
    reminder: '[Tomorrow]',
  },
  heading: {
    booked: 'Your booking is confirmed',
    promoted: 'A place came free: you are booked',
    moved: 'Your booking has been moved',
    waiting: 'You are on the waiting list',
    offered: 'A place has come free',
    lapsed: 'The offer has expired',
    left: 'You have left the waiting list',
    cancelled: 'Your booking is cancelled',
    link: 'Here is your booking',
    called_off: 'This session is called off',
    postponed: 'This session is postponed',
    rescheduled: 'This session has a new time',
    converted: 'This session is held in another way',
    meeting: 'Where the web meeting takes place',
    reminder: 'Your booking is tomorrow',
  },
  dear: (name) => `Dear ${name},`,
  opening: {
    booked: ['Thank you for booking. Your place is confirmed.', 'Please keep this letter until the day.'],
    promoted: [
      'A place came free in a session you were waiting for, and you are booked.',
      'If you cannot come any more, please cancel soon.',
    ],
    moved: [
      'Your booking has a new time, as below. The booking number stays the same.',
      'If you did not ask for this, please call the desk named below.',
    ],
    waiting: [
      'Thank you. This session is full, so you are on its waiting list. You have no booking yet.',
      'When a place comes free, we write to those who wait, in the order they applied.',
    ],
    offered: [
      'A place has come free in a session you are waiting for. We hold it for you until the time below. You have no booking yet.',
      'Please take it or decline it on the page of the link, or call the desk. After that time it goes to the next person.',
    ],
    lapsed: [
      'The place was held until its time was over, and goes to the next person. You are no longer on the waiting list.',
      'You are welcome to book another date.',
    ],
    left: [
      'You are no longer on the waiting list of this session.',
      'If you did not ask for this, please call the desk named below.',
    ],
    cancelled: ['This booking has been cancelled.', 'If you did not ask for this, please call the desk named below.'],
    link: [
      'Here are the details of your booking and the link to change or cancel it.',
      'We send this letter when somebody asks for it on the page “My booking”, or applies again for a date that you have already booked. If this was not you, there is nothing to do: your booking stays as it is.',
    ],
    called_off: [
      'The session you applied for will not take place. We are sorry.',
      'Your application has been taken off; there is nothing to do. Please do not come to the place on that day.',
    ],
    postponed: [
      'The session you applied for is postponed. We are sorry.',
      'We will write to you as soon as it has a new date, and keep your application until then. You can cancel it on the page of the link.',
    ],
    rescheduled: [
      'The session you applied for has a new time, as below. We are sorry for the trouble.',
      'If it suits you there is nothing to do. If not, you can change or cancel it on the page of the link.',
    ],
    converted: [
      'The session you applied for is held in another way now. The time stays the same. Please do not come to the place.',
      'If it suits you there is nothing to do. If not, you can change or cancel it on the page of the link.',
    ],
    meeting: [
      'Here is where the web meeting takes place. Please open the link below at your time.',
      'The link is yours alone: please do not pass it on.',
    ],
    reminder: [
      'Your booking is tomorrow. We look forward to seeing you.',
      'If you cannot come, please cancel soon, so that somebody who waits can have the place.',
    ],
  },
  reason: 'Reason',
  meetingUrl: 'Meeting link',
  what: 'What',
  when: 'When',
  format: 'How it is held',
  place: 'Place',
  note: 'Please note',
  number: 'Booking number',
  deadline: 'You can cancel',
  position: 'Your turn',
  nth: (position) => `number ${position} (as this letter was written)`,
  anySlot: 'any time',
  offerEnds: 'Held for you',
  was: 'Before',
  manage: {
    title: 'See, change or cancel your booking',
    text: 'Follow this link. It is yours alone: please do not pass it on.',
    open: 'Open your booking',
  },
  answer: {
    title: 'Take it or decline it',
    text: 'Choose on this page. Opening it decides nothing.',
    open: 'Open the page to answer',
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
