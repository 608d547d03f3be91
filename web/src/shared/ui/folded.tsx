import { Accordion, AccordionHeader, AccordionItem, AccordionPanel } from '@fluentui/react-components'
import type { ReactNode } from 'react'

type Props = { title: string; children: ReactNode; testId: string }

/** What few need, behind its title. */
export function Folded({ title, children, testId }: Props) {
  return (
    <Accordion collapsible>
      <AccordionItem value="folded">
        <AccordionHeader data-testid={testId}>{title}</AccordionHeader>
        <AccordionPanel>{children}</AccordionPanel>
      </AccordionItem>
    </Accordion>
  )
}
