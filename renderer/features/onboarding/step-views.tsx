import type { ComponentType } from 'react';
import type { OnboardingStep } from '../../../shared/onboarding/steps.ts';
import { ChecksStep } from './checks-step.tsx';
import { SignInStep, TrustStep } from './connect-step.tsx';
import { FactsStep } from './facts-step.tsx';
import { FindStep } from './find-step.tsx';
import { PlaceStep } from './place-step.tsx';
import { PlanStep } from './plan-step.tsx';
import { ReportStep } from './report-step.tsx';
import { RoleStep } from './role-step.tsx';
import { RunStep } from './run-step.tsx';
import type { StepProps } from './step-frame.tsx';
import { WhoStep } from './who-step.tsx';

export const stepViews: Readonly<Record<OnboardingStep, ComponentType<StepProps>>> = {
  find: FindStep,
  trust: TrustStep,
  'sign-in': SignInStep,
  facts: FactsStep,
  who: WhoStep,
  role: RoleStep,
  place: PlaceStep,
  checks: ChecksStep,
  plan: PlanStep,
  run: RunStep,
  report: ReportStep,
};
