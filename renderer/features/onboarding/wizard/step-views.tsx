import type { ComponentType } from 'react';
import type { OnboardingStep } from '../../../../shared/onboarding/steps.ts';
import { ClusterStep } from '../cluster/cluster-step.tsx';
import { SignInStep, TrustStep } from '../connect/connect-step.tsx';
import { FactsStep } from '../connect/facts-step.tsx';
import { FindStep } from '../find/find-step.tsx';
import { ChecksStep } from '../looks/checks-step.tsx';
import { PlanStep } from '../looks/plan-step.tsx';
import { PlaceStep } from '../place/place-step.tsx';
import { ReportStep } from '../run/report-step.tsx';
import { RunStep } from '../run/run-step.tsx';
import { RoleStep } from '../who/role-step.tsx';
import { WhoStep } from '../who/who-step.tsx';
import type { StepProps } from './step-frame.tsx';

export const stepViews: Readonly<Record<OnboardingStep, ComponentType<StepProps>>> = {
  find: FindStep,
  trust: TrustStep,
  'sign-in': SignInStep,
  facts: FactsStep,
  who: WhoStep,
  role: RoleStep,
  place: PlaceStep,
  cluster: ClusterStep,
  checks: ChecksStep,
  plan: PlanStep,
  run: RunStep,
  report: ReportStep,
};
