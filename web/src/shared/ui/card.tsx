import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    minWidth: 0,
  },
})

/** One section of the desk. */
export function Card(props: { children: ReactNode; className?: string; label: string; id?: string }) {
  const styles = useStyles()
  return (
    <section id={props.id} aria-label={props.label} className={mergeClasses(styles.card, props.className)}>
      {props.children}
    </section>
  )
}
