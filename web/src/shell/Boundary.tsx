/** Keeps the page in place where a screen cannot be drawn, and says so. */
import { Component, type ComponentChildren } from 'preact';
import { t } from '../i18n';
import { Failure } from './Failure';

interface Props {
  /** Where the reader is: another place is tried anew. */
  readonly place: string;
  readonly children: ComponentChildren;
}

interface State {
  readonly place: string;
  readonly failed: boolean;
}

export class Boundary extends Component<Props, State> {
  override state: State = { place: this.props.place, failed: false };

  static override getDerivedStateFromProps({ place }: Props, before: State): State | null {
    return place === before.place ? null : { place, failed: false };
  }

  static override getDerivedStateFromError(failure: unknown): Partial<State> {
    console.error(failure);
    return { failed: true };
  }

  override render({ children }: Props, { failed }: State) {
    return failed ? (
      <div class="page">
        <Failure
          text={t('failure.screen')}
          onRetry={() => {
            this.setState({ failed: false });
          }}
        />
      </div>
    ) : (
      children
    );
  }
}
