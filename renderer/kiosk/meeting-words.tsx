import { ArmchairIcon } from '@phosphor-icons/react/dist/csr/Armchair'
import { PlantIcon } from '@phosphor-icons/react/dist/csr/Plant'
import { UsersThreeIcon } from '@phosphor-icons/react/dist/csr/UsersThree'
import { WarningIcon } from '@phosphor-icons/react/dist/csr/Warning'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { LocalDate, OccurrenceRow } from '../../electron/contract/models.ts'
import { Tag } from '../ui/tag.tsx'
import { useKiosk } from './kiosk.ts'

const kindLook = {
  therapy: { icon: ArmchairIcon, tone: 'plum' },
  peer: { icon: UsersThreeIcon, tone: 'pine' },
  club: { icon: PlantIcon, tone: 'sun' },
} as const

/** Kind in words, with its icon and color. */
export function KindTag({ row }: { row: OccurrenceRow }) {
  const { t } = useTranslation()
  const { icon, tone } = kindLook[row.kind]
  const isFamily = row.kind === 'peer' && row.audience === 'family'
  return (
    <Tag icon={icon} tone={tone}>
      {isFamily ? t('common.kind.peerFamily') : t(`common.kind.${row.kind}`)}
    </Tag>
  )
}

/** A change of this date, or nothing. */
export function ChangeTag({ row }: { row: OccurrenceRow }) {
  const { t } = useTranslation()
  const { today } = useKiosk()
  if (row.status === 'scheduled') return null
  return (
    <Tag icon={WarningIcon} tone="clay">
      {changeText(t, row, row.localDate === today)}
    </Tag>
  )
}

function changeText(t: TFunction, row: OccurrenceRow, isToday: boolean): string {
  switch (row.status) {
    case 'cancelled':
      return isToday ? t('common.status.cancelledToday') : t('common.status.cancelled')
    case 'moved':
      return isToday ? t('common.status.movedToday') : t('common.status.moved')
    case 'tentative':
      return t('common.status.tentative')
    case 'scheduled':
      return ''
  }
}

/** Who runs it, in the words of the list: a fellowship's name, or that it is a peer group. */
export function fellowshipText(t: TFunction, row: OccurrenceRow): string | null {
  if (row.kind !== 'peer') return null
  return row.fellowshipName ?? t('common.peerGroup')
}

/**
 * Who may come, as what the list says and not as a promise of ours: "you may just listen" holds for open peer
 * meetings, and where the list is silent the visitor is told to ask.
 */
export function openText(t: TFunction, row: OccurrenceRow, today: LocalDate): string {
  switch (row.openness) {
    case 'open':
      return row.kind === 'peer' ? t('kiosk.meeting.openListen') : t('kiosk.meeting.open')
    case 'open_this_week':
      return row.localDate === today ? t('kiosk.meeting.openToday') : t('kiosk.meeting.openThen')
    case 'closed':
      if (row.audience === 'self') return t('kiosk.meeting.closedSelf')
      return row.audience === 'family' ? t('kiosk.meeting.closedFamily') : t('kiosk.meeting.closedAnyone')
    case 'unknown':
      return row.whereabouts === 'here' && row.kind !== 'peer'
        ? t('kiosk.meeting.unknownHere')
        : t('kiosk.meeting.unknown')
  }
}
