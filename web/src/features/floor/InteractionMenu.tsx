import { Button, Menu, MenuDivider, MenuGroup, MenuGroupHeader, MenuItem, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { MoreHorizontalRegular } from '@fluentui/react-icons'
import { useAct } from '@/shared/desk/context'
import { formatCount, t } from '@/shared/i18n/translate'
import type { Floor, FloorInteraction } from '@/shared/socket/floor'
import { mainPart } from '@/shared/ui/main-part'

/** Priorities that can be chosen, in minutes of waiting. */
const PRIORITIES = [0, 5, 15, 60, 1000]
/** Ready agents that are offered for choice. */
const MAX_AGENTS = 50

/** What a supervisor can do about an interaction that waits. */
export function InteractionMenu({ row, floor }: { row: FloorInteraction; floor: Floor }) {
  const act = useAct()
  if (row.state !== 'waiting' && row.state !== 'alerting') return null
  const { interaction_id } = row
  const ready = [...floor.agents.values()].filter((agent) => agent.state === 'ready').slice(0, MAX_AGENTS)
  const values = PRIORITIES.includes(row.priority) ? PRIORITIES : [row.priority, ...PRIORITIES]
  return (
    <Menu
      mountNode={mainPart()}
      checkedValues={{ priority: [String(row.priority)] }}
      onCheckedValueChange={(_, { checkedItems }) => void act('floor.set_priority', { interaction_id, priority: Number(checkedItems[0]) })}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" size="small" icon={<MoreHorizontalRegular />} aria-label={t('floor.actions_of', { who: row.caller_name ?? row.caller_number })} data-testid="interaction-menu" />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>{t('floor.assign')}</MenuGroupHeader>
            {ready.length === 0 && <MenuItem disabled>{t('floor.nobody_ready')}</MenuItem>}
            {ready.map(({ agent_id, name }) => (
              <MenuItem key={agent_id} onClick={() => void act('floor.assign', { interaction_id, agent_id })} data-testid="assign">
                {name}
              </MenuItem>
            ))}
          </MenuGroup>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>{t('floor.priority_minutes')}</MenuGroupHeader>
            {values.map((priority) => (
              <MenuItemRadio key={priority} name="priority" value={String(priority)} data-testid={`priority-${priority}`}>
                {formatCount(priority)}
              </MenuItemRadio>
            ))}
          </MenuGroup>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
