/** The parts of the desk, in the order of its navigation. */
export const sections = ['lists', 'groups', 'meetings', 'same', 'center'] as const
export type Section = (typeof sections)[number]
