/** The workflow that runs the Action; the README shows the same text, which a test compares. */
export const workflowTemplate = `name: scalegate
on:
  pull_request:
    types: [opened, synchronize, reopened, edited]
  pull_request_review:
    types: [submitted, dismissed]
  merge_group:
permissions:
  contents: read
  pull-requests: write
jobs:
  scalegate-action:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - uses: scalegate/scalegate@v1
`;
