"""The rule editor: cards WHEN, ONLY IF, DO and LIMITS, their forms made from the parts' schemas."""
