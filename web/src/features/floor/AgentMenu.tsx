import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { MoreHorizontalRegular } from '@fluentui/react-icons'
import { useAct } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import type { FloorAgent } from '@/shared/socket/floor'
import { mainPart } from '@/shared/ui/main-part'

type Props = { agent: FloorAgent; member?: { queue_id: string; active: boolean } }

/** What a supervisor can do about an agent: in a queue, set them aside or back; anywhere, log them out. */
export function AgentMenu({ agent, member }: Props) {
  const act = useAct()
  const { agent_id } = agent
  return (
    <Menu mountNode={mainPart()}>
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" size="small" icon={<MoreHorizontalRegular />} aria-label={t('floor.actions_of', { who: agent.name })} data-testid="agent-menu" />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {member && (
            <MenuItem onClick={() => void act('floor.set_member', { queue_id: member.queue_id, agent_id, active: !member.active })} data-testid="set-member">
              {member.active ? t('floor.set_aside') : t('floor.set_back')}
            </MenuItem>
          )}
          <MenuItem disabled={agent.state === 'signed_out'} onClick={() => void act('floor.log_out', { agent_id })} data-testid="log-out">
            {t('floor.log_out')}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
