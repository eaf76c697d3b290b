"""What is said, as Discord messages and as pages. Pure: values in, payloads out; nothing is sent, no clock is read."""
